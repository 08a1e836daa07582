import { josa } from '../../../lib/josa.ts';

const counted = new Intl.NumberFormat('ko-KR');
const n = (value: number) => counted.format(value);

const ko = {
  monthly: (month: string) => `${month} 외상 명세서`,
  title: '통장 내역',
  import: '통장 내역 가져오기',
  returns: '돌려줄 돈',

  upload: '은행에서 받은 거래내역 파일',
  uploadHint:
    '엑셀(.xlsx)이나 CSV, 3천 줄까지. 은행 화면에서 내려받은 그대로 올리면 됩니다. 올린 뒤에 줄마다 결과를 보고, 가져오기 전에는 아무것도 바뀌지 않습니다.',
  uploading: '파일을 올리고 있습니다',
  list: '올린 파일',
  file: '파일',
  state: '상태',
  lines: '줄',
  taken: '새 입금',
  amount: '금액',
  rejected: '읽지 못함',
  when: '올린 때',
  who: '올린 사람',
  noFiles: '아직 올린 파일이 없습니다',
  noFilesText:
    '은행의 거래내역을 올리면 입금을 청구와 맞춰 줍니다. 같은 파일을 두 번 올려도 겹치지 않습니다.',
  done: '가져옴',
  uploaded: '확인 전',

  mappingText:
    '어느 열이 무엇인지 골라 주세요. 한 번 고르면 이 은행 양식을 기억합니다. 고를 때마다 아래 결과가 바뀝니다.',
  heading: '결과',
  counts: {
    new: '새 입금',
    old: '오래된 입금',
    outgoing: '출금(맞추지 않음)',
    already: '이미 있음',
    rejected: '읽지 못함',
  },
  comesTo: (amount: string) => `가져올 입금: ${amount}`,
  cameTo: (amount: string) => `가져온 입금: ${amount}`,
  start: '가져오기',
  startTitle: '이 내역을 가져올까요?',
  startText: (count: number, amount: string) =>
    josa`입금 ${n(count)}건, ${amount}을(를) 장부의 가수금으로 기록합니다.`,
  startThen: '어느 청구의 돈인지는 다음 화면에서 맞춥니다. 가져온 줄은 지울 수 없습니다.',
  startOld: (count: number) =>
    `그 가운데 ${n(count)}건은 여섯 달이 넘은 입금입니다. 자동으로 맞추지 않습니다.`,
  started: '통장 내역을 가져왔습니다',
  discardText: '아직 아무것도 바뀌지 않았습니다. 파일은 다시 올릴 수 있습니다.',
  toLines: '청구와 맞추기',
  running: '가져오는 중입니다',
  show: { all: '모든 줄', left: '가져오지 않은 줄', coming: '새로 들어오는 줄' },
  shown: '보기',
  line: '줄',
  outcome: '결과',
  cells: '파일의 내용',
  nothing: '해당하는 줄이 없습니다',

  search: '보낸 분, 적요, 기업, 입금 코드, 금액으로 찾기',
  since: '시작일',
  until: '종료일',
  states: {
    suspense: '가수금',
    matched: '배정됨',
    set_aside: '공동구매 외',
    to_return: '반환 예정',
    returned: '반환함',
  },
  everything: '전체',
  orderings: {
    '-day': '최근 거래 순',
    day: '오래된 거래 순',
    '-amount': '금액 큰 순',
    amount: '금액 작은 순',
  },
  suspense: '가수금',
  suspenseText: (count: number) => `${n(count)}건이 무슨 돈인지 정해지지 않았습니다`,
  noSuspense: '가수금이 없습니다. 들어온 돈의 쓰임이 모두 정해졌습니다.',
  came: '입금',
  depositor: '보낸 분',
  meant: '무슨 돈인가요',
  old: '오래됨',
  openOf: (open: string, amount: string) => josa`${amount} 가운데 ${open}이(가) 가수금`,
  forPayment: (amount: string) => `${amount} 배정`,
  tied: '손으로 확인한 입금',
  missing: (amount: string) => `${amount} 남음`,
  paid: '다 받음',
  allot: '이 청구로 확인',
  allotPart: (amount: string) => `${amount} 배정`,
  tie: '이 입금으로 연결',
  allotted: (firm: string, amount: string) => josa`${firm}에 ${amount}을(를) 배정했습니다`,
  unknown: '맞는 청구를 찾지 못했습니다',
  choose: '청구 고르기',
  chooseTitle: '어느 청구의 돈인가요?',
  chooseLabel: '청구',
  chooseHint: '기업 이름, 입금 코드, 주문번호로 찾습니다.',
  chosen: (missing: string, amount: string) =>
    josa`남은 금액 ${missing} 가운데 ${amount}을(를) 배정합니다.`,
  rest: (amount: string) => josa`남는 ${amount}은(는) 가수금에 둡니다.`,
  setAside: '공동구매 돈이 아님',
  setAsideTitle: '공동구매 돈이 아닌가요?',
  setAsideText: (amount: string) =>
    josa`${amount}을(를) 가수금에서 빼고 공동구매 외 입금으로 둡니다. 되돌릴 수 있습니다.`,
  setAsideWhy: '무슨 돈인가요 (예: 조합비, 이자)',
  toReturn: '돌려주기',
  toReturnTitle: '돌려줄 돈인가요?',
  toReturnText: (amount: string) =>
    josa`${amount}을(를) 돌려줄 돈 목록에 올립니다. 보낸 뒤에 그 목록에서 표시합니다.`,
  toReturnWhy: '돌려주는 까닭',
  returned: '보냄으로 표시',
  returnedTitle: '돌려보냈나요?',
  returnedText: (amount: string) => josa`${amount}을(를) 보낸 뒤에 표시합니다.`,
  returnedWhy: '어떻게 보냈나요',
  returnedHint: '이체한 날과 계좌처럼 나중에 찾을 수 있는 내용을 적습니다.',
  reopen: '가수금으로 되돌리기',
  reopenTitle: '가수금으로 되돌릴까요?',
  reopenText: (amount: string) => `${amount} 입금의 쓰임을 다시 정합니다.`,
  reopenWhy: '되돌리는 까닭',
  undo: '배정 취소',
  undoTitle: '배정을 취소할까요?',
  undoText: (firm: string, amount: string) =>
    josa`${firm}에 배정한 ${amount}이(가) 가수금으로 돌아가고, 청구는 다시 입금을 기다립니다.`,
  undoTied: (firm: string, amount: string) =>
    josa`${firm}의 입금 ${amount}와(과) 이 줄의 연결을 끊습니다. 청구는 입금 확인 상태로 남습니다.`,
  undoWhy: '취소하는 까닭',
  saved: '기록했습니다',

  certain: (count: number) => `${n(count)}건은 확실합니다`,
  certainText: (amount: string) =>
    `입금 코드와 금액이 정확히 같은 입금입니다. 모두 ${amount}. 목록을 보고 한 번에 확인하세요.`,
  preview: '목록 보고 한 번에 확인',
  previewTitle: (count: number) => `입금 ${n(count)}건을 확인할까요?`,
  previewText: (amount: string) =>
    `모두 ${amount}입니다. 청구가 입금 확인 상태가 되고, 발주하기 전에는 되돌릴 수 있습니다.`,
  confirmAll: (count: number) => `${n(count)}건 확인`,
  confirming: (done: number, all: number) => `${n(all)}건 가운데 ${n(done)}건 확인`,
  confirmedAll: (count: number, amount: string) =>
    josa`입금 ${n(count)}건, ${amount}을(를) 확인했습니다`,
  changed: (count: number) => `${n(count)}건은 그사이 바뀌어 확인하지 않았습니다`,
  none: '아직 통장 내역이 없습니다',
  noneText: '은행의 거래내역 파일을 가져오면 들어온 돈이 여기에 나타납니다.',
  noneOpen: '가수금이 없습니다',
  noneOpenText: '들어온 돈의 쓰임이 모두 정해졌습니다. 지난 내역은 상태를 바꾸어 볼 수 있습니다.',
  reason: '사유',

  returnsText:
    '환불할 청구와 돌려줄 가수금입니다. 대량이체 양식으로 내려받아 계좌를 채우고, 보낸 뒤에 하나씩 표시합니다.',
  noReturns: '돌려줄 돈이 없습니다',
  noReturnsText: '공동구매가 취소되거나 가수금을 돌려주기로 하면 여기에 나타납니다.',
  what: '무엇',
  refundOf: '청구 환불',
  lineOf: '가수금 반환',
};

export default ko;
