import { josa } from '../../../lib/josa.ts';

const ko = {
  title: '수령 장소',
  intro: '조합원사가 공동구매 물품을 찾는 곳입니다. 공동구매마다 날짜를 정해 알립니다.',
  name: '이름',
  address: '주소',
  hours: '여는 시간',
  hoursHint: '예: 평일 09:00-18:00',
  add: '수령 장소 더하기',
  change: '수령 장소 고치기',
  saved: '저장했습니다',
  close: '닫기',
  closeTitle: (name: string) => josa`${name}을(를) 닫을까요?`,
  closeText: '새 공동구매에는 쓸 수 없게 됩니다. 이미 정한 공동구매에는 그대로 남습니다.',
  none: '등록한 수령 장소가 없습니다',
  noneText: '물품을 한곳에서 나눠 준다면 그 장소를 등록하세요.',
};

export default ko;
