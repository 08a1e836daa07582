const counted = new Intl.NumberFormat('ko-KR');
const n = (value: number) => counted.format(value);

const ko = {
  title: '조합원사 명단 가져오기',
  upload: '명단 파일',
  uploadHint:
    '엑셀(.xlsx)이나 CSV, 1만 줄까지. 기업 이름과 사업자등록번호 열이 필요하고, 대표자·주소·대표 이메일·분과·조합원 번호 열은 있으면 읽습니다. 올린 뒤에 줄마다 결과를 보고, 시작하기 전에는 아무것도 바뀌지 않습니다.',
  uploading: '파일을 올리고 있습니다',
  list: '가져온 명단',
  file: '파일',
  state: '상태',
  lines: '줄',
  taken: '새 조합원사',
  rejected: '제외',
  when: '올린 때',
  who: '올린 사람',
  none: '아직 가져온 명단이 없습니다',
  noneText: '같은 명단을 두 번 올려도 조합원사는 겹치지 않습니다.',
  counts: '결과',
  count: {
    new: '바로 조합원사가 됨',
    completes: '사업자등록번호를 채움',
    asks: '기업 대표에게 초대를 보냄',
    already: '이미 있음',
    rejected: '제외',
  },
  countDone: {
    new: '조합원사가 됨',
    completes: '사업자등록번호를 채움',
    asks: '기업 대표에게 초대를 보냄',
    already: '이미 있음',
    rejected: '제외',
  },
  invites: (count: number) => `대표 이메일로 기업 대표를 초대하기 (${n(count)}곳)`,
  invitesHint:
    '아직 아무도 없는 기업만 초대합니다. 수락하면 그 기업의 대표로 일할 수 있습니다. 링크는 7일 동안 쓸 수 있습니다.',
  invited: (count: number) => `대표 ${n(count)}명에게 초대 메일을 보냅니다.`,
  start: '가져오기 시작',
  startTitle: '명단을 가져올까요?',
  startText: (fresh: number, asks: number) =>
    `${n(fresh)}곳이 바로 조합원사가 되고, 이미 대표가 있는 ${n(asks)}곳에는 초대를 보냅니다.`,
  startInvites: (count: number) => `기업 대표 ${n(count)}명에게 초대 메일을 보냅니다.`,
  startFinal: '시작한 뒤에는 되돌릴 수 없습니다.',
  discardText: '아직 아무것도 바뀌지 않았습니다. 파일은 다시 올릴 수 있습니다.',
  started: '가져오기를 시작했습니다',
  running: '가져오는 중입니다',
  runningText: '화면을 떠나도 계속됩니다.',
  show: { all: '모든 줄', rejected: '제외한 줄', changing: '바뀌는 줄' },
  shown: '보기',
  line: '줄',
  outcome: '결과',
  toMembers: '조합원사 보기',
  nothing: '해당하는 줄이 없습니다',
};

export default ko;
