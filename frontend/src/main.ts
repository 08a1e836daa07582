import { mount } from 'svelte';
import App from './App.svelte';
import { speaking } from './lib/i18n.svelte';
import { session } from './lib/session.svelte';
import { applyTheme } from './lib/theme';
import './styles/base.css';

speaking.use(speaking.language);
applyTheme();
void session.start();

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');
mount(App, { target });

// The font is 3 MB in pieces of which a page needs a few: after the first paint, never before it.
requestAnimationFrame(() => setTimeout(() => void import('./lib/font')));

// After a new version is put up, the pieces of the old one are gone: load the page anew, once.
addEventListener('vite:preloadError', () => {
  if (sessionStorage.getItem('reloaded') === location.pathname) return;
  sessionStorage.setItem('reloaded', location.pathname);
  location.reload();
});
