import type { Schemas, Shape } from '../../../lib/types';
import type { Mapping } from '../../../lib/types-desk';

export type StatementState = 'uploaded' | 'done';
export type StatementRow = Shape<Schemas['BankStatementRow'], { state: StatementState }>;
export type Statement = Shape<
  Schemas['BankStatement'],
  { state: StatementState; mapping: Mapping }
>;
export type StatementVerdict = 'new' | 'old' | 'outgoing' | 'already' | 'rejected';
export type StatementLine = Shape<Schemas['StatementLine'], { verdict: StatementVerdict }>;

export type LineState = 'suspense' | 'matched' | 'set_aside' | 'to_return' | 'returned';
export type Suggestion = Shape<
  Schemas['SuggestionShape'],
  {
    payment: Shape<Schemas['PaymentNamedShape']> | null;
    statement: Shape<Schemas['StatementNamedShape']> | null;
  }
>;
export type Allotment = Shape<Schemas['Allotment']>;
export type BankLine = Shape<
  Schemas['BankLine'],
  { state: LineState; suggestions: Suggestion[]; allotments: Allotment[] }
>;
export type Match = Shape<Schemas['CertainMatchShape'], { suggestion: Suggestion }>;
export type Matches = Shape<Schemas['BankMatches'], { matches: Match[] }>;
export type Returns = Shape<Schemas['BankReturns']>;
