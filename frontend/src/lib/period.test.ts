import { expect, it } from 'vitest';
import { fromTo } from './period';

it('says the year of both days, also of the present one', () => {
  const year = new Date().getFullYear();
  const said = fromTo(`${year}-01-01`, `${year}-12-31`, 'ko');
  expect(said).toBe(`${year}년 1월 1일 – ${year}년 12월 31일`);
  expect(fromTo('2024-01-01', '2024-12-31', 'en').match(/2024/g)).toHaveLength(2);
});
