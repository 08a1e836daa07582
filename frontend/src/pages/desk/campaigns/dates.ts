import { dayIn, fromWall } from '../../../lib/zone';

/** 18:00 on the wall clock of a zone, some days from an instant: where deadlines usually lie. */
export function evening(from: number, days: number, zone: string): string {
  return fromWall(`${dayIn(from + days * 86_400_000, zone)}T18:00`, zone) ?? '';
}
