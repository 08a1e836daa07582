const counted = new Intl.NumberFormat('ko-KR');
const n = (value: number) => counted.format(value);

const ko = {
  title: '구매 이력 가져오기',
  back: '구매 이력',
  upload: '거래 내역 파일',
  uploadHint:
    '엑셀(.xlsx)이나 CSV. 열 이름은 달라도 됩니다. 올린 뒤에 열을 확인하고, 시작하기 전에는 아무것도 바뀌지 않습니다.',
  uploading: '파일을 올리고 있습니다',
  list: '가져온 파일',
  file: '파일',
  state: '상태',
  when: '올린 때',
  who: '올린 사람',
  taken: '새 구매',
  rejected: '제외',
  none: '아직 가져온 파일이 없습니다',
  noneText:
    '파일을 올리면 기업, 품목, 구매 이력이 한 번에 만들어집니다. 같은 파일을 두 번 올려도 겹치지 않습니다.',
  lines: (count: number) => `${n(count)}줄`,
  about: (count: number) => `약 ${n(count)}줄`,

  mappingText: '어느 열이 무엇인지 골라 주세요. 고를 때마다 아래 미리 보기가 바뀝니다.',
  oneOf: (names: string) => `${names} 가운데 하나는 필요합니다`,
  unused: (names: string) => `쓰지 않는 열: ${names}`,
  rules: '값을 읽는 법',
  rule: {
    five_digit_codes: '숫자 5자리로 시작하는 품목코드만 물건으로 봅니다',
    c_is_cancelled: 'C로 시작하는 전표는 취소로 봅니다',
  },
  ruleHint: {
    five_digit_codes: '배송비나 수수료 줄을 빼고 가져옵니다.',
    c_is_cancelled: '취소된 거래를 빼고 가져옵니다.',
  },
  dateOrder: '3/4/2024는',
  dateOrders: {
    ymd: '연/월/일 순서로만 읽기',
    mdy: '월/일/연 (3월 4일)',
    dmy: '일/월/연 (4월 3일)',
  },
  preview: '미리 보기',
  previewText: (lines: number) => `처음 ${n(lines)}줄을 읽어 보았습니다.`,
  previewWhole: (lines: number) => `파일의 ${n(lines)}줄을 모두 읽어 보았습니다.`,
  shown: (count: number) => `아래는 그 가운데 처음 ${n(count)}줄입니다.`,
  kept: '가져올 줄',
  left: '제외할 줄',
  reasons: '제외하는 까닭',
  line: '줄',
  problem: '제외하는 까닭',
  start: '가져오기 시작',
  startTitle: '가져오기를 시작할까요?',
  startText: (kept: number, left: number) => `${n(kept)}줄을 가져오고 ${n(left)}줄은 제외합니다.`,
  startAbout: (kept: number, of: number, all: number) =>
    `처음 ${n(of)}줄 가운데 ${n(kept)}줄을 가져옵니다. 파일은 모두 약 ${n(all)}줄입니다.`,
  startFinal:
    '시작한 뒤에는 열을 바꿀 수 없고, 가져온 구매 이력은 지울 수 없습니다. 이미 있는 줄은 다시 만들지 않습니다.',
  started: '가져오기를 시작했습니다',
  discardText: '아직 아무것도 가져오지 않았습니다. 파일은 다시 올릴 수 있습니다.',

  running: '가져오는 중입니다',
  queued: '순서를 기다리고 있습니다',
  runningText: '화면을 떠나도 계속됩니다. 끝나면 여기에 결과가 보입니다.',
  done: (done: number, all: number) => `${n(all)}줄 가운데 ${n(done)}줄`,
  failed: '가져오지 못했습니다',
  again: '다시 올리기',
  result: '결과',
  figures: {
    purchases_new: '새 구매',
    already_there: '이미 있던 줄',
    rejected: '제외한 줄',
    firms_new: '새 기업',
    items_new: '새 품목',
  },
  toPurchases: '구매 이력 보기',
  toMembers: '조합원사 보기',
  finished: '끝난 때',
  rejections: '제외한 줄',
  allReasons: '모든 까닭',
  reason: '까닭',
  noRejections: '제외한 줄이 없습니다',
  csv: 'CSV로 받기',
};

export default ko;
