/**
 * What pages weigh on the wire (brotli, font apart). The first page is everything that index.html and
 * the heavier entrance (welcome or desk) load before data; a later page is what it adds to what both of
 * them have by then: the welcome with its example, the desk with the cards that come with its data.
 */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

export const LIMITS = { first: 45_000, later: 20_000 };
const dist = join(import.meta.dirname, '..', 'dist');

/** Returns {shell, first, pages: {name: bytes}} of dist/, which must have been built. */
export async function measure() {
  const manifest = JSON.parse(await readFile(join(dist, '.vite', 'manifest.json'), 'utf8'));
  const shell = closure(manifest, 'index.html');
  const home = closure(manifest, 'src/pages/home/Home.svelte', new Set(), new Set(shell));
  const [welcome, desk] = ['Welcome', 'Desk'].map((name) =>
    closure(manifest, `src/pages/home/${name}.svelte`, new Set(), new Set(home)),
  );
  const example = closure(manifest, 'src/pages/home/Example.svelte');
  const card = closure(manifest, 'src/pages/campaigns/CampaignCard.svelte');
  const there = welcome.union(example).intersection(desk.union(card));
  const pages = {};
  for (const [key, chunk] of Object.entries(manifest)) {
    if (!chunk.isDynamicEntry || !key.startsWith('src/pages/')) continue;
    pages[key.replace('src/pages/', '')] = await weigh(closure(manifest, key).difference(there));
  }
  const first = Math.max(await weigh(welcome), await weigh(desk));
  return { shell: await weigh(shell), first, pages };
}

function closure(manifest, key, seen = new Set(), files = new Set()) {
  if (seen.has(key)) return files;
  seen.add(key);
  const chunk = manifest[key];
  for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file);
  for (const each of chunk.imports ?? []) closure(manifest, each, seen, files);
  return files;
}

async function weigh(files) {
  let sum = 0;
  for (const file of files) sum += (await stat(join(dist, `${file}.br`))).size;
  return sum;
}

if (process.argv[1] === import.meta.filename) {
  const { shell, first, pages } = await measure();
  const line = (name, size) => process.stdout.write(`${String(size).padStart(7)}  ${name}\n`);
  line('shell', shell);
  line('first page (shell + home)', first);
  for (const [name, size] of Object.entries(pages)) line(name, size);
}
