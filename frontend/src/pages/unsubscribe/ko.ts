const ko = {
  title: '메일 수신 거부',
  ask: (kind: string) => `‘${kind}’ 메일을 더 받지 않으시겠습니까? 화면의 알림은 그대로 남습니다.`,
  off: (kind: string) => `‘${kind}’ 메일을 더 보내지 않습니다.`,
  everythingOff: '꼭 필요한 메일(안전, 갚거나 받을 돈)만 보냅니다.',
  stop: '이 메일 받지 않기',
  stopAll: '꼭 필요한 메일만 받기',
  settings: '알림 설정에서 다시 켤 수 있습니다',
  home: '첫 화면으로',
};

export default ko;
