import type ko from './ko';

const en: typeof ko = {
  title: 'Images and specification of the item',
  hint: 'Lists show the first image. Whoever sees the item, or a campaign for it, sees these.',
  add: 'Add an image or a sheet',
  added: 'Added',
  file: 'File',
  fileHint: 'Images as PNG, JPEG or WebP, a sheet as PDF. 5 MB at most, five of each.',
  alt: 'What the image shows',
  altHint: 'Read to those who cannot see it, such as: a box with five packs of 500 sheets',
  tooLarge: 'Please choose a file of at most 5 MB.',
  remove: 'Delete',
  removeOf: (name) => `Delete: ${name}`,
  removeTitle: (name) => `Delete “${name}”?`,
  removeText: 'A deleted file does not come back. The record that it was deleted stays.',
  removed: 'Deleted',
  describe: 'Change the words',
  describeOf: (name) => `Change the words: ${name}`,
  described: 'The words are changed',
  sheet: 'Specification sheet (PDF)',
};
export default en;
