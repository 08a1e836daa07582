import type ko from './files-ko';

const en: typeof ko = {
  add: 'Add a file',
  added: 'The file was added',
  file: 'File',
  fileHint: 'PDF, PNG or JPEG, at most 5 MB; ten files at most.',
  tooLarge: 'Please choose a file of at most 5 MB.',
  remove: 'Delete',
  removeTitle: (name: string) => `Delete “${name}”?`,
  removeText: 'A deleted file cannot be brought back. That it was deleted is kept.',
  removed: 'The file was deleted',
};

export default en;
