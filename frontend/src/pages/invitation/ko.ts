const ko = {
  title: '초대',
  invites: (who: string) => `${who}님이 초대합니다`,
  intoFirm: (place: string, role: string) => `기업 ‘${place}’에 ${role} 역할로 초대받았습니다.`,
  intoOffice: (place: string, role: string) =>
    `협동조합 ‘${place}’ 사무국에 ${role} 역할로 초대받았습니다.`,
  onBehalf: (host: string) => `${host}에서 보낸 초대입니다.`,
  sentTo: '받은 이메일',
  role: '역할',
  by: '보낸 사람',
  until: '기한',
  first: '수락하려면 먼저 로그인하거나 가입해 주세요.',
  mailOnly: (email: string) => `${email} 주소의 계정으로만 수락할 수 있습니다.`,
  signIn: '로그인하고 수락',
  signUp: '가입하고 수락',
  as: (email: string) => `${email} 계정으로 수락합니다.`,
  name: '내 이름',
  nameHint: '함께 일하는 분들에게 보입니다.',
  accept: '초대 수락',
  accepted: (place: string) => `이제 ${place}에서 함께합니다`,
  otherAccount: '다른 계정으로 하기',
  other: (email: string) =>
    `${email} 주소로 보낸 초대입니다. 지금 로그인한 계정의 주소와 다르니, 그 이메일의 계정으로 다시 로그인해 주세요.`,
  seated: (place: string) =>
    `이미 ${place}에 소속되어 있습니다. 역할은 그곳의 사람 화면에서 바꿀 수 있습니다.`,
  done: '이미 수락한 초대입니다.',
  dead: '쓸 수 없는 초대입니다',
  home: '첫 화면으로',
};

export default ko;
