/** Every message in both languages: same keys, same kinds, same number of parameters, nothing empty. */
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const src = join(import.meta.dirname, '..', 'src');

/** Returns a list of complaints; empty when all is well. */
export async function parityFaults() {
  const faults = [];
  const names = await readdir(src, { recursive: true });
  for (const name of names.filter((each) => /(^|[\\/-])ko\.ts$/.test(each))) {
    const english = name.replace(/ko\.ts$/, 'en.ts');
    if (!existsSync(join(src, english))) {
      faults.push(`${english} is missing`);
      continue;
    }
    const [ko, en] = await Promise.all([name, english].map(load));
    compare(ko, en, english, faults);
  }
  return faults;
}

async function load(name) {
  return (await import(pathToFileURL(join(src, name)).href)).default;
}

/** Adds to `faults` where two message objects differ in shape; `at` says where we are. */
export function compare(ko, en, at, faults) {
  for (const key of new Set([...Object.keys(ko), ...Object.keys(en)])) {
    const [a, b, where] = [ko[key], en[key], `${at}: ${key}`];
    if (typeof a !== typeof b) faults.push(`${where} is ${typeof a} in Korean, ${typeof b} here`);
    else if (typeof a === 'object') compare(a, b, where, faults);
    else if (typeof a === 'function' && a.length !== b.length) faults.push(`${where}: parameters`);
    else if (a === '' || b === '') faults.push(`${where} is empty`);
  }
}
