/** Where money was seen: a line of the statement, or (null) the account itself on a day. */
export interface Received {
  line: string | null;
  day: string;
}
