export default { title: 'History' };
