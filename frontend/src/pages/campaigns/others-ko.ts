const ko = {
  answer: '바뀐 공급 조건에 답해야 하는 참여입니다. 대표나 구매 담당이 답할 수 있습니다.',
  change: '참여를 고치거나 거두는 일은 대표나 구매 담당이 할 수 있습니다.',
};

export default ko;
