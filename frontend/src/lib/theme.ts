/** Light, dark, or as the machine says; kept on this machine. */
export type Theme = 'system' | 'light' | 'dark';

export function keptTheme(): Theme {
  try {
    const kept = localStorage.getItem('mungchi-theme');
    if (kept === 'light' || kept === 'dark') return kept;
  } catch {
    // Storage may be forbidden.
  }
  return 'system';
}

export function applyTheme(theme: Theme = keptTheme()): void {
  document.documentElement.style.colorScheme = theme === 'system' ? '' : theme;
  try {
    localStorage.setItem('mungchi-theme', theme);
  } catch {
    // It holds until the page is left.
  }
}
