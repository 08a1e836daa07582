/** `npm run check`: everything that can be known without running the product. Prints all faults. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parityFaults } from './parity.mjs';
import { LIMITS, measure } from './sizes.mjs';

const root = join(import.meta.dirname, '..');
const bin = (name) => join(root, 'node_modules', '.bin', name);
const contract = join(root, '..', 'docs', 'api', 'openapi.yml');
const faults = [];

function run(title, command, args) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) faults.push(`${title}\n${stdout}${stderr}`);
}

run('prettier', bin('prettier'), ['--check', '--log-level', 'warn', '.']);
run('svelte-check', bin('svelte-check'), ['--fail-on-warnings', '--output', 'human']);
faults.push(...(await parityFaults()));

const lock = await readFile(join(root, 'package-lock.json'), 'utf8');
if (/"resolved": "https?:/.test(lock)) faults.push('package-lock.json names a registry host');

if (existsSync(contract)) {
  run('the typed client is stale: npm run types', process.execPath, ['scripts/drift.mjs']);
}

run('build', process.execPath, [
  join(root, 'node_modules/vite/bin/vite.js'),
  'build',
  '--logLevel',
  'warn',
]);
run('compress', process.execPath, ['scripts/compress.mjs']);
if (!faults.some((fault) => fault.startsWith('build'))) {
  const { first, pages } = await measure();
  if (first > LIMITS.first) faults.push(`first page ${first} bytes, at most ${LIMITS.first}`);
  for (const [name, size] of Object.entries(pages)) {
    if (size > LIMITS.later) faults.push(`${name} ${size} bytes, at most ${LIMITS.later}`);
  }
  process.stdout.write(`first page ${first} bytes (brotli), heaviest page `);
  process.stdout.write(`${Math.max(...Object.values(pages))} bytes\n`);
}

for (const fault of faults) process.stderr.write(`${fault}\n`);
process.exit(faults.length ? 1 : 0);
