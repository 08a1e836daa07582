const counted = new Intl.NumberFormat('ko-KR');
const n = (value: number) => counted.format(value);

const ko = {
  mapping: '열 확인',
  mappingText: '어느 열이 무엇인지 골라 주세요. 고를 때마다 아래 결과가 바뀝니다.',
  noColumn: '없음',
  column: (at: number) => `${n(at)}번째 열`,
  samples: (samples: string) => `예: ${samples}`,
  needed: '꼭 필요합니다',
  missing: (names: string) => `먼저 열을 골라 주세요: ${names}`,
  progress: (done: number, all: number) => `${n(all)}줄 가운데 ${n(done)}줄`,
  discard: '버리기',
  discardTitle: '올린 파일을 버릴까요?',
  discarded: '버렸습니다',
};

export default ko;
