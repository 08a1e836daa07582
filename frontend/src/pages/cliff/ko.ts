import { josa } from '../../lib/josa.ts';

const ko = {
  costsLess: (extra: string, whole: string, value: string, now: string, nowValue: string) =>
    josa`${extra}만 더 모여 ${whole}을(를) 함께 사면, 지금처럼 ${now}만 살 때보다 모두 합한 공급가액이 오히려 적습니다: ${nowValue} → ${value}.`,
  price: (from: string, to: string) => josa`단가는 ${from}에서 ${to}(으)로 내려갑니다.`,
  varied: '규격별 차액은 넣지 않은 금액입니다.',
};

export default ko;
