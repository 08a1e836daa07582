const ko = {
  title: '질문과 답변',
  officeText:
    '제안할 수 있는 공급사가 모두 봅니다. 누가 물었는지는 사무국에도 다른 공급사에도 보이지 않습니다.',
  supplierText:
    '제안할 수 있는 공급사가 모두 봅니다. 누가 물었는지는 다른 공급사에도 사무국에도 보이지 않습니다.',
  none: '아직 질문이 없습니다',
  noneOffice: '공급사가 질문하면 알림을 보내 드립니다.',
  noneSupplier: '궁금한 것을 제안 마감 전에 물어보실 수 있습니다.',
  mine: '내 질문',
  waiting: '답변을 기다리고 있습니다.',
  unanswered: '답변 없이 제안 마감이 지났습니다.',
  question: '질문',
  questionHint: '회사 이름을 쓰지 않으면 누가 물었는지 아무도 모릅니다.',
  ask: '질문하기',
  asked: '질문을 보냈습니다',
  answer: '답변하기',
  correct: '답변 고치기',
  theAnswer: '답변',
  answerHint: '초대한 공급사와 제안한 공급사에게 알립니다. 제안 마감 전에는 고칠 수 있습니다.',
  send: '답변 올리기',
  answered: '답변을 올렸습니다',
};

export default ko;
