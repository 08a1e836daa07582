/** Writes .br and .gz beside every text file of dist/, so that no server compresses at run time. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const TEXT = new Set(['.html', '.js', '.css', '.svg', '.json', '.txt', '.webmanifest']);
const dist = join(import.meta.dirname, '..', 'dist');
const [toBrotli, toGzip] = [promisify(brotliCompress), promisify(gzip)];

const names = await readdir(dist, { recursive: true });
for (const name of names.filter((each) => TEXT.has(extname(each)))) {
  const path = join(dist, name);
  const content = await readFile(path);
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  await writeFile(`${path}.br`, await toBrotli(content, { params }));
  await writeFile(`${path}.gz`, await toGzip(content, { level: 9 }));
}
