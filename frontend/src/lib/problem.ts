import type { ProblemBody } from './types';

/** What every failed request throws: the API's problem+json, or the nearest thing to it. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  /** Messages for people by field name. */
  readonly fields: Record<string, string[]>;
  readonly requestId: string | null;

  constructor(body: Partial<ProblemBody> & { status: number; code: string }) {
    super(body.detail || body.title || body.code);
    this.name = 'Problem';
    this.status = body.status;
    this.code = body.code;
    this.detail = body.detail || body.title || '';
    this.requestId = body.request_id ?? null;
    this.fields = Object.fromEntries(
      Object.entries(body.fields ?? {}).map(([name, all]) => [name, all.map((e) => e.message)]),
    );
  }
}

interface AllauthBody {
  errors?: { code?: string; param?: string; message?: string }[];
  data?: { flows?: { id: string; is_pending?: boolean }[] };
  meta?: { is_authenticated?: boolean };
}

/**
 * Reads a refused response. Three dialects arrive here: problem+json from the API, the errors list of
 * allauth's endpoints, and whatever a proxy says when nobody answers behind it.
 */
export async function problemFrom(response: Response): Promise<Problem> {
  const { status } = response;
  const type = response.headers.get('content-type') ?? '';
  if (!type.includes('json')) return new Problem({ status, code: fallbackCode(status) });
  const body: unknown = await response.json().catch(() => null);
  if (type.includes('problem+json') && isRecord(body)) {
    return new Problem({ ...(body as unknown as ProblemBody), status });
  }
  return allauthProblem(status, isRecord(body) ? (body as AllauthBody) : {});
}

function allauthProblem(status: number, body: AllauthBody): Problem {
  const pending = body.data?.flows?.find((flow) => flow.is_pending);
  if (pending) return new Problem({ status, code: pending.id });
  // Still signed in, but too long ago for what was asked: the person is to prove who it is.
  if (status === 401 && body.meta?.is_authenticated) {
    return new Problem({ status, code: 'reauthenticate' });
  }
  const errors = body.errors ?? [];
  const fields: NonNullable<ProblemBody['fields']> = {};
  for (const { param, code = 'invalid', message = '' } of errors) {
    if (param) (fields[param] ??= []).push({ code, message });
  }
  const general = errors.find((error) => !error.param) ?? errors[0];
  return new Problem({
    status,
    code: general?.code ?? fallbackCode(status),
    detail: general?.message ?? '',
    fields,
  });
}

function fallbackCode(status: number): string {
  if (status === 401) return 'signed_out';
  if (status === 403) return 'not_allowed';
  if (status === 404) return 'not_found';
  return status >= 500 ? 'unavailable' : 'refused';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
