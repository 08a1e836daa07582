const ko = {
  title: '저장하지 않고 나갈까요?',
  text: '적은 내용이 아직 저장되지 않았습니다. 지금 나가면 없어집니다.',
  stay: '계속 작성',
  leave: '저장하지 않고 나가기',
};

export default ko;
