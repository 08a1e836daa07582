/** Fails when src/lib/schema.d.ts is not what `npm run types` would write from docs/api/openapi.yml. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import prettier from 'prettier';

const root = join(import.meta.dirname, '..');
const kept = join(root, 'src', 'lib', 'schema.d.ts');
const folder = await mkdtemp(join(tmpdir(), 'types-'));
try {
  const fresh = join(folder, 'schema.d.ts');
  const made = spawnSync(
    join(root, 'node_modules', '.bin', 'openapi-typescript'),
    [join(root, '..', 'docs', 'api', 'openapi.yml'), '-o', fresh],
    { encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(made.stderr);
  const options = await prettier.resolveConfig(kept);
  const wanted = await prettier.format(await readFile(fresh, 'utf8'), {
    ...options,
    filepath: kept,
  });
  if (wanted !== (await readFile(kept, 'utf8'))) throw new Error('schema.d.ts differs');
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true });
}
