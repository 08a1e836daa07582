import { josa } from '../../lib/josa.ts';

const ko = {
  plan: '차선책',
  planHint: '무산되거나 배정받지 못하면 어떻게 할까요?',
  kinds: {
    none: '아무것도 하지 않음',
    need: '구매 수요로 남겨 둠',
    campaign: '다른 공동구매에 참여',
  },
  noOther: '지금은 대신 참여할 수 있는 공동구매가 없습니다.',
  other: '대신 참여할 공동구매',
  choose: '고르기',
  option: (title: string, until: string) => `${title} (${until} 마감)`,
  otherText:
    '같은 조건(수량, 희망 최고 단가)으로 자동으로 참여합니다. 그때 참여할 수 없으면 구매 수요로 남습니다.',
  secondText:
    '1차에서 못 받은 만큼을, 일부라도 같은 조건(희망 최고 단가)으로 2차에서 자동으로 받습니다.',
  needText: '남은 수량을 구매 수요로 올려 다음 공동구매에 묶입니다.',

  planNeed: '못 받으면 구매 수요로 남김',
  planCampaign: (title: string) => `못 받으면 ‘${title}’에 참여`,

  results: '차선책대로 한 일',
  joined: (quantity: string) => josa`${quantity}을(를) 같은 조건으로 다른 공동구매에 참여했습니다.`,
  toJoined: '그 공동구매 보기',
  need_opened: (quantity: string) => josa`${quantity}을(를) 구매 수요로 올렸습니다.`,
  need_stays: () => '올려 두신 구매 수요가 그대로 있습니다.',
  nothing: (quantity: string) => josa`남은 ${quantity}은(는) 구매 수요로 올릴 수 없었습니다.`,
  toNeeds: '구매 수요 보기',
  refused: (title: string) => `‘${title}’에는 그때 참여할 수 없었습니다.`,
  keep: (quantity: string) => josa`${quantity}을(를) 구매 수요로 올리기`,
  underWay: '차선책을 진행하고 있습니다.',
  nearest: {
    item: () => '같은 품목으로 다음에 참여할 수 있는 공동구매',
    alike: (item: string) => `비슷한 품목(${item})으로 다음에 참여할 수 있는 공동구매`,
    category: (item: string) => `같은 분류의 품목(${item})으로 다음에 참여할 수 있는 공동구매`,
  },
};

export default ko;
