import { messages } from '../catalogue.ts';

/** Who may speak to the central store: keys and sessions, access that was ended, and too long without the store. */
export const access = messages({
  'refusal.device_revoked': [
    '管理员已停用这台笔记本的接入，不能再同步。没上传的改动会交给管理员审核，本机也都保留，可以照常查看。',
    "The operator ended this laptop's access; it syncs no more. Changes that were not sent go to the operator for review; here they stay too, and everything can be read as before.",
  ],
  'refusal.key_locked': [
    '打不开本机的接入密钥（系统的密钥环没有解锁，或者换了登录用户）。请解锁后再同步；仍然不行就用新的接入码重新接入，本机改动都在。',
    "This laptop's key cannot be opened (the system's keyring is locked, or this is another login). Unlock it and sync again; if that does not help, join again with a new code. Your changes are safe here.",
  ],
  'refusal.session_refused': [
    '中心库没有认出这次连接，请再同步一次。本机改动都在。',
    'The store did not recognise this connection; sync again. Your changes are safe here.',
  ],
  'refusal.away_too_long': [
    '已有 {{days}} 天没有联系上中心库，超过了规定的期限，现在只能查看。填写的内容还在页面上：连上中心库同步一次，就能保存。',
    'The store has not been reached for {{days}} days, which is longer than it allows: this notebook is for reading now. What you typed is still on the page; sync once, then save it.',
  ],
  'sync.revoked': ['管理员已停用这台笔记本的接入', "The operator ended this laptop's access"],
  'sync.revokedAt': ['停用时间', 'Ended at'],
  'sync.revokedHanded': [
    '{{n}} 项没上传的改动已交给管理员审核，审核通过才会进入中心库。',
    'Changes handed over to the operator, who decides whether the store takes them: {{n}}',
  ],
  'sync.revokedHere': [
    '还有 {{n}} 项改动只在本机，连上中心库后会交给管理员。',
    'Changes that are only here, and go to the operator when the store is in reach: {{n}}',
  ],
  'sync.revokedNothing': ['没有未上传的改动。', 'Nothing was left to send.'],
  'sync.revokedHint': [
    '本机的台账可以照常查看和导出。要继续使用，请向管理员要新的接入码，重新接入。',
    'Everything here can be read and exported as before. To go on, ask the operator for a new code and join again.',
  ],
  'sync.readOnly': [
    '已有 {{days}} 天没有联系上中心库，现在只能查看',
    'The store was not reached for {{days}} days: reading only',
  ],
  'sync.readOnlyHint': [
    '中心库规定最多离线 {{grace}} 天。连上中心库同步一次即可恢复；没上传的改动都在，也可以照常导出。',
    'The store allows {{grace}} days. Sync once and you can write again; what was not sent is kept and can be exported.',
  ],
  'sync.soonReadOnly': [
    '已有 {{days}} 天没有联系上中心库，满 {{grace}} 天后将只能查看，请尽快同步一次。',
    'The store was not reached for {{days}} days. After {{grace}} days this notebook is for reading only: sync soon.',
  ],
  'sync.log.revoked': ['管理员停用了这台笔记本的接入', "The operator ended this laptop's access"],
  'sync.log.handed_over': [
    '{{n}} 项没上传的改动已交给管理员审核',
    'Changes handed over to the operator for review: {{n}}',
  ],
  'sync.log.rejoin_quarantined': [
    '另有 {{n}} 条同事的改动无法证明是谁做的，已交中心库管理员审核；作者的电脑重新接入后会自动补回',
    "Changes by colleagues whose author could not be proved: {{n}}. The store's operator decides on them; they come by themselves when their author's laptop joins again",
  ],
  'sync.rejection.bad_signature': [
    '签名不对，中心库不能确认是本机做的',
    'its signature is wrong: the store cannot tell that this laptop made it',
  ],
  'sync.rejection.foreign_actor': ['署名是别的同事', "it is in a colleague's name"],
  'sync.rejection.discarded': ['管理员审核后没有采用', 'the operator decided not to take it'],
});
