import { josa } from '../../../../lib/josa.ts';

const ko = {
  title: '우리 조합원사가 찾는 곳',
  text: '정하면 이 공동구매에 참여한 우리 조합원사에 이메일로 알립니다. 같은 장소를 다시 정하면 날짜만 바뀝니다.',
  point: '수령 장소',
  first: '첫날',
  last: '마지막 날',
  order: '첫날보다 앞설 수 없습니다',
  note: '알릴 말',
  set: '수령 장소를 정했습니다',
  drop: '빼기',
  dropTitle: (name: string) => josa`${name}을(를) 뺄까요?`,
  dropText: '이미 알림을 받은 기업에는 따로 알려 주셔야 합니다.',
  dropped: '수령 장소를 뺐습니다',
  noPoints: '등록한 수령 장소가 없습니다',
  noPointsText: '우리 조합 화면에서 먼저 등록해 주세요.',
  toPoints: '수령 장소 등록하기',
};

export default ko;
