import { expect, test } from 'vitest';
import { bytes, text } from './passkeys';

test('bytes go to base64url and back, whatever they are', () => {
  const all = Uint8Array.from({ length: 256 }, (_, i) => i);
  for (const length of [0, 1, 2, 3, 4, 255, 256]) {
    const some = all.slice(0, length);
    const written = text(some.buffer);
    expect(written).toMatch(/^[\w-]*$/);
    expect([...bytes(written)]).toEqual([...some]);
  }
});

test('the two letters that addresses cannot have', () => {
  expect(text(Uint8Array.of(251, 239, 255).buffer)).toBe('--__');
  expect([...bytes('--__')]).toEqual([251, 239, 255]);
});
