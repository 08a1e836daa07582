// @vitest-environment node
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeServer } from './serve.mjs';

const SCRIPT = 'console.log("뭉치");'.repeat(50);
let dist, upstream, server, origin, seen;

const listen = (each) =>
  new Promise((done) => each.listen(0, '127.0.0.1', () => done(each.address().port)));

beforeAll(async () => {
  dist = await mkdtemp(join(tmpdir(), 'dist-'));
  await mkdir(join(dist, 'assets'));
  await writeFile(join(dist, 'index.html'), '<!doctype html><title>page</title>');
  await writeFile(join(dist, 'robots.txt'), 'User-agent: *\n');
  await writeFile(join(dist, 'assets', 'a-1.js'), SCRIPT);
  await writeFile(join(dist, 'assets', 'a-1.js.br'), brotliCompressSync(SCRIPT));
  upstream = createServer((req, res) => {
    const parts = [];
    req.on('data', (part) => parts.push(part));
    req.on('end', () => {
      const body = Buffer.concat(parts).toString();
      seen = { method: req.method, url: req.url, headers: req.headers, body };
      if (req.url === '/api/stream') return res.write('first\n');
      res.writeHead(req.method === 'POST' ? 201 : 200, {
        'content-type': 'application/json',
        'set-cookie': ['a=1', 'b=2'],
        'x-of-api': 'yes',
      });
      return res.end('{"ok":true}');
    });
  });
  const api = `http://127.0.0.1:${await listen(upstream)}`;
  server = makeServer({ dist, api });
  origin = `http://127.0.0.1:${await listen(server)}`;
});

afterAll(async () => {
  for (const each of [server, upstream]) {
    each.closeAllConnections();
    await new Promise((done) => each.close(done));
  }
  await rm(dist, { recursive: true });
});

describe('files', () => {
  it.each(['/', '/campaigns', '/campaigns/0197?search=x', '/verify-email/a:b-c'])(
    '%s is the page, asked for anew each time',
    async (path) => {
      const answer = await fetch(origin + path);
      expect(answer.status).toBe(200);
      expect(await answer.text()).toContain('<title>page</title>');
      expect(answer.headers.get('cache-control')).toBe('no-cache');
    },
  );

  it('are sent compressed, and kept for a year under their hashed names', async () => {
    const answer = await fetch(`${origin}/assets/a-1.js`, { headers: { 'accept-encoding': 'br' } });
    expect(answer.headers.get('content-encoding')).toBe('br');
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(await answer.text()).toBe(SCRIPT);
  });

  it.each(['/assets/gone-2.js', '/assets/', '/favicon.ico', '/assets/%2e%2e/index.js'])(
    '%s is missing, not the page',
    async (path) => {
      const answer = await fetch(origin + path);
      expect(answer.status).toBe(404);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
    },
  );

  it('cannot be reached outside the folder', async () => {
    const answer = await raw('/../serve.mjs');
    expect(answer.body).not.toContain('makeServer');
  });

  it('are only read', async () => {
    expect((await fetch(`${origin}/campaigns`, { method: 'POST' })).status).toBe(405);
  });

  it.each(['/', '/assets/a-1.js', '/assets/gone.js', '/robots.txt'])(
    '%s has the security headers',
    async (path) => {
      const { headers } = await fetch(origin + path);
      const policy = headers.get('content-security-policy');
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin');
      expect(headers.get('permissions-policy')).toContain('camera=()');
    },
  );
});

/** A request as it is, which fetch would tidy up. */
function raw(path, headers = {}) {
  const { hostname, port } = new URL(origin);
  return new Promise((done, fail) => {
    const req = request({ hostname, port, path, headers }, (res) => {
      let body = '';
      res.on('data', (part) => (body += part));
      res.on('end', () => done({ status: res.statusCode, headers: res.headers, body }));
    });
    req.on('error', fail).end();
  });
}

describe('the API behind it', () => {
  it.each(['/api/v1/me?x=1', '/admin/', '/static/admin/base.css', '/s/a1', '/healthz', '/readyz'])(
    '%s is passed on',
    async (path) => {
      const answer = await fetch(origin + path);
      expect(await answer.json()).toEqual({ ok: true });
      expect(seen.url).toBe(path);
      expect(answer.headers.get('x-of-api')).toBe('yes');
      expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    },
  );

  it.each(['/apiary', '/healthzz', '/administration'])('%s is not', async (path) => {
    expect(await (await fetch(origin + path)).text()).toContain('<title>page</title>');
  });

  it('hears the Host that the browser said, and from whom the request came', async () => {
    await raw('/api/x', { host: 'mungchi.example:8443', 'x-forwarded-for': '203.0.113.7' });
    expect(seen.headers.host).toBe('mungchi.example:8443');
    expect(seen.headers['x-forwarded-for']).toBe('203.0.113.7, 127.0.0.1');
    expect(seen.headers['x-forwarded-host']).toBe('mungchi.example:8443');
    expect(seen.headers['x-forwarded-proto']).toBe('http');
  });

  it('gets bodies, and answers with its own status', async () => {
    const body = JSON.stringify({ text: '장갑'.repeat(50_000) });
    const answer = await fetch(`${origin}/api/x`, { method: 'POST', body });
    expect(answer.status).toBe(201);
    // Compared as a truth: a difference would print half a megabyte.
    expect(seen.body === body).toBe(true);
  });

  it('streams: a part arrives before the answer is over', async () => {
    const abort = new AbortController();
    const answer = await fetch(`${origin}/api/stream`, { signal: abort.signal });
    const { value } = await answer.body.getReader().read();
    expect(new TextDecoder().decode(value)).toBe('first\n');
    abort.abort();
  });

  it('is missed politely', async () => {
    const alone = makeServer({ dist, api: 'http://127.0.0.1:1' });
    const port = await listen(alone);
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/me`);
    expect(answer.status).toBe(502);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await answer.json()).toMatchObject({ status: 502, code: 'unavailable' });
    alone.closeAllConnections();
    alone.close();
  });
});

describe('the process', () => {
  const run = (env) =>
    spawn(process.execPath, [join(import.meta.dirname, 'serve.mjs')], {
      env: { ...process.env, PORT: '0', ...env },
    });
  const ended = (child) => new Promise((done) => child.on('exit', done));

  it('stops when it is told to', async () => {
    const child = run({ DIST: dist });
    await new Promise((done) => child.stdout.once('data', done));
    const over = ended(child);
    child.kill('SIGTERM');
    expect(await over).toBe(0);
  });

  it('says so when nothing has been built', async () => {
    const child = run({ DIST: join(dist, 'assets') });
    let told = '';
    child.stderr.on('data', (part) => (told += part));
    expect(await ended(child)).toBe(1);
    expect(told).toContain('npm run build');
  });
});
