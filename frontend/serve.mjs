/**
 * The static server of `make up` and of the tests (production uses Caddy with the same headers): serves
 * dist/ precompressed, everything unknown as the one page, and passes the API's paths on.
 *
 * Environment: PORT (8080), HOST (127.0.0.1), API_ORIGIN (http://127.0.0.1:8000), LIVE_ORIGIN (where
 * the event stream is; API_ORIGIN), DIST (./dist).
 */
import { createServer, request } from 'node:http';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sirv from 'sirv';

const PASSED_ON = /^\/(?:api|admin|static|s)(?:\/|$)|^\/(?:healthz|readyz)$/;
const LIVE = '/api/v1/live';
const YEAR = 'public, max-age=31536000, immutable';
/** Belong to one connection, not to the message (RFC 9110, 7.6.1). */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

export const SECURITY_HEADERS = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** Makes the server; `dist` is the folder of built files, `api` and `live` the origins behind it. */
export function makeServer({ dist, api, live = api }) {
  const files = sirv(dist, { brotli: true, gzip: true, etag: true, dotfiles: false, setHeaders });
  const upstream = new URL(api);
  const stream = new URL(live);
  return createServer((req, res) => {
    const path = pathOf(req.url);
    if (path === null) return refuse(res, 400, 'bad_request', 'Bad address');
    if (path === LIVE) return passOn(req, res, stream);
    if (PASSED_ON.test(path)) return passOn(req, res, upstream);
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) res.setHeader(name, value);
    if (req.method !== 'GET' && req.method !== 'HEAD') {
      res.setHeader('Allow', 'GET, HEAD');
      return refuse(res, 405, 'method_not_allowed', 'Method not allowed');
    }
    return files(req, res, () => {
      // A missing file must not become the page: it would be kept as a script for a year.
      if (path.startsWith('/assets/') || /\.\w+$/.test(path)) {
        return refuse(res, 404, 'not_found', 'Not found');
      }
      req.url = req.originalUrl = '/index.html';
      delete req._parsedUrl;
      return files(req, res, () => refuse(res, 503, 'not_built', 'The page has not been built'));
    });
  });
}

function pathOf(url) {
  try {
    return decodeURIComponent(new URL(url, 'http://unused').pathname);
  } catch {
    return null;
  }
}

function setHeaders(res, pathname) {
  res.setHeader('Cache-Control', pathname.startsWith('/assets/') ? YEAR : 'no-cache');
}

/** Streams a request to the API and its answer back, Host untouched: Django compares it with Origin. */
function passOn(req, res, upstream) {
  const from = req.socket.remoteAddress ?? '';
  const earlier = req.headers['x-forwarded-for'];
  const headers = {
    ...withoutHops(req.headers),
    'x-forwarded-for': earlier ? `${earlier}, ${from}` : from,
    'x-forwarded-proto': req.headers['x-forwarded-proto'] ?? 'http',
    'x-forwarded-host': req.headers['x-forwarded-host'] ?? req.headers.host ?? '',
  };
  const onward = request(
    {
      host: upstream.hostname,
      port: upstream.port || 80,
      method: req.method,
      path: req.url,
      headers,
    },
    (answer) => {
      res.writeHead(answer.statusCode ?? 502, withoutHops(answer.headers));
      answer.pipe(res);
      answer.on('error', () => res.destroy());
    },
  );
  onward.on('error', () => {
    if (res.headersSent) res.destroy();
    else refuse(res, 502, 'unavailable', 'The service does not answer');
  });
  res.on('close', () => onward.destroy());
  req.pipe(onward);
}

function withoutHops(headers) {
  const named = (headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase());
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name) && !named.includes(name)),
  );
}

function refuse(res, status, code, title) {
  const body = JSON.stringify({ type: 'about:blank', title, status, code, detail: '' });
  res.writeHead(status, {
    'Content-Type': 'application/problem+json',
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
  });
  res.end(res.req.method === 'HEAD' ? undefined : body);
}

function start() {
  const dist = process.env.DIST ?? join(import.meta.dirname, 'dist');
  const host = process.env.HOST ?? '127.0.0.1';
  const port = Number(process.env.PORT ?? 8080);
  const api = process.env.API_ORIGIN ?? 'http://127.0.0.1:8000';
  const live = process.env.LIVE_ORIGIN ?? api;
  if (!existsSync(join(dist, 'index.html'))) {
    process.stderr.write(`${dist} holds no index.html: run npm run build first\n`);
    process.exit(1);
  }
  const server = makeServer({ dist, api, live });
  server.listen(port, host, () => process.stdout.write(`http://${host}:${port} -> ${api}\n`));
  const stop = () => {
    server.close(() => process.exit(0));
    server.closeIdleConnections();
    // An event stream never ends by itself.
    setTimeout(() => server.closeAllConnections(), 3000).unref();
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) start();
