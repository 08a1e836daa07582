const ko = {
  title: '누가 무엇을 할 수 있나',
  back: '설정',
  text: '자격마다 할 수 있는 일입니다. 서버가 요청마다 이 표로 판단합니다. 어느 행을 볼 수 있는지는 소속에 따라 다시 정해집니다.',
  yes: '할 수 있음',
  no: '할 수 없음',
  mine: '색칠한 열이 지금 자격입니다.',
  guarded: (names: string) => `2단계 인증을 설정해야 일할 수 있는 자격: ${names}`,
};

export default ko;
