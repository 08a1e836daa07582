export default { title: '기록' };
