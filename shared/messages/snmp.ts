import { messages } from '../catalogue.ts';

/** SNMP credentials, the vault that seals them, and what the engine says no to. */
export const snmp = messages({
  'snmp.title': ['SNMP 凭据', 'SNMP credentials'],
  'snmp.about': [
    '只用来读取交换机和路由器，从不写入。凭据加密保存在这台电脑上，不同步、不导出，也不会再显示出来；只发给适用范围内、已登记或刚扫描到的地址。',
    'Only for reading switches and routers, never for writing. Kept encrypted on this computer, never synced, exported or shown again; sent only to registered or recently seen addresses inside their scope.',
  ],
  'snmp.none': [
    '还没有凭据。添加后就能读取交换机的端口、MAC 表和邻居。',
    'No credentials yet. With one, Lanbook reads ports, MAC tables and neighbours of your switches.',
  ],
  'snmp.add': ['添加凭据', 'Add a credential'],
  'snmp.name': ['名称', 'Name'],
  'snmp.name_hint': ['如：教学楼交换机', 'Such as: switches of building A'],
  'snmp.version': ['版本', 'Version'],
  'snmp.v3': ['v3（推荐）', 'v3 (recommended)'],
  'snmp.v2c': ['v2c', 'v2c'],
  'snmp.v2c_warning': [
    'v2c 的团体名在网线上是明文，同网段的人能截获。设备支持 v3 时请用 v3。',
    'A v2c community travels in the clear; anyone on the wire can read it. Use v3 where the device has it.',
  ],
  'snmp.v2c_mark': ['明文', 'readable on the wire'],
  'snmp.community': ['只读团体名', 'Read-only community'],
  'snmp.user': ['用户名', 'User'],
  'snmp.auth': ['认证', 'Authentication'],
  'snmp.priv': ['加密', 'Encryption'],
  'snmp.auth_key': ['认证密码', 'Authentication password'],
  'snmp.priv_key': ['加密密码', 'Encryption password'],
  'snmp.no_auth': ['不认证', 'none'],
  'snmp.no_priv': ['不加密', 'none'],
  'snmp.key_short': ['至少 8 个字符', 'At least 8 characters'],
  'snmp.scope': ['适用范围', 'Scope'],
  'snmp.scope_hint': [
    '网段或单个 IP，用逗号或空格隔开，如 10.20.1.0/24；只能是内网，合计不超过 /16',
    'Subnets or single addresses separated by commas or spaces, such as 10.20.1.0/24; private only, a /16 in all at most',
  ],
  'snmp.port': ['UDP 端口', 'UDP port'],
  'snmp.answered': ['上次有效：{{time}}', 'Last answered {{time}}'],
  'snmp.unused': ['还没有设备应答过', 'No device has answered yet'],
  'snmp.try': ['试读一次', 'Try it'],
  'snmp.try_ip': ['设备 IP', 'Device IP'],
  'snmp.try_good': ['{{name}} 应答了，用时 {{ms}} 毫秒', '{{name}} answered in {{ms}} ms'],
  'snmp.remove': ['删除', 'Delete'],
  'snmp.remove_sure': ['删除凭据“{{name}}”？', 'Delete the credential "{{name}}"?'],
  'snmp.remove_after': [
    '删除后无法恢复，需要时重新录入。已读到的内容保留。',
    'It cannot be brought back; type it again when needed. What was read stays.',
  ],
  'snmp.added': ['凭据已保存', 'Credential saved'],
  'snmp.removed': ['凭据已删除', 'Credential deleted'],

  'vault.holder.login': [
    '密钥由本机系统的登录密钥环保管，不需要口令。',
    "The key is held by your login's keyring; no passphrase is needed.",
  ],
  'vault.choose': ['设定保护口令', 'Choose a passphrase'],
  'vault.choose_why': [
    '这台电脑没有可信的系统密钥环，凭据要用一个口令加密。每次打开网管手账后，第一次读取交换机时会问一次。口令忘了没有办法找回，只能删除凭据重新录入。',
    'This computer has no keyring to trust, so credentials are encrypted with a passphrase. It is asked once after each start, at the first reading. A forgotten passphrase cannot be recovered: delete the credentials and type them again.',
  ],
  'vault.passphrase': ['口令', 'Passphrase'],
  'vault.again': ['再输一遍', 'Once more'],
  'vault.differs': ['两次输入的不一样', 'The two are not the same'],
  'vault.short': ['口令至少 8 个字符', 'At least 8 characters'],
  'vault.unlock': ['解锁凭据', 'Unlock the credentials'],
  'vault.unlock_why': ['输入保护口令，本次打开期间有效。', 'Enter the passphrase; it holds until Lanbook is closed.'],
  'vault.open': ['已解锁', 'unlocked'],
  'vault.locked': ['已锁定', 'locked'],
  'vault.lock': ['锁定', 'Lock'],
  'vault.forgot': ['忘记口令', 'Forgot it'],
  'vault.forget_sure': ['删除全部凭据并清除口令？', 'Delete all credentials and the passphrase?'],
  'vault.forget_after': [
    '口令无法找回。删除后设一个新口令，再重新录入凭据。已读到的内容保留。',
    'The passphrase cannot be recovered. After this, choose a new one and type the credentials again. What was read stays.',
  ],
  'vault.forgotten': ['已删除 {{count}} 个凭据', '{{count}} credentials deleted'],

  'refusal.vault_exists': ['已经设定过口令，请直接解锁。', 'A passphrase is already set; unlock with it.'],
  'refusal.vault_none': ['还没有设定口令。', 'No passphrase has been chosen yet.'],
  'refusal.vault_needs_passphrase': [
    '请先设定保护口令，再保存凭据。',
    'Choose a passphrase before saving a credential.',
  ],
  'refusal.vault_wrong_passphrase': [
    '口令不对。忘了的话只能删除凭据，重新录入。',
    'Wrong passphrase. If it is forgotten, delete the credentials and type them again.',
  ],
  'refusal.vault_locked': ['凭据已锁定，请先输入口令。', 'The credentials are locked; enter the passphrase first.'],
  'refusal.vault_lost': [
    '系统登录密钥环打不开这些凭据（换了电脑、换了登录用户，或密钥环没有解锁）。请解锁密钥环后重试，或在设置里删除凭据重新录入。',
    "The login's keyring cannot open these credentials (another computer or user, or a locked keyring). Unlock the keyring and try again, or delete the credentials in Settings and type them again.",
  ],
  'refusal.vault_damaged': [
    '这个凭据已损坏或被改动过，不会发送。请删除后重新录入。',
    'This credential is damaged or was altered and is not sent. Delete it and type it again.',
  ],
  'refusal.snmp_priv_alone': ['SNMP v3 要先选认证，才能加密。', 'SNMP v3 encrypts only together with authentication.'],
  'refusal.snmp_out_of_scope': [
    '{{ip}} 不在这个凭据的适用范围（{{scope}}）内，没有发送。',
    '{{ip}} is outside the scope of this credential ({{scope}}); nothing was sent.',
  ],
  'refusal.snmp_not_approved': [
    '{{ip}} 没有登记，24 小时内也没有扫描到，没有发送凭据。请先登记这台设备，或扫描一次它所在的网段。',
    '{{ip}} is neither registered nor seen within 24 hours, so the credential was not sent. Register the device, or sweep its subnet first.',
  ],
  'refusal.snmp_reading': [
    '正在读取交换机，请等它结束或先停止。',
    'A reading is under way; wait for it or stop it first.',
  ],
  'refusal.snmp_no_credential': [
    '还没有 SNMP 凭据。请先到设置里添加。',
    'There is no SNMP credential. Add one in Settings first.',
  ],
  'refusal.port_nobody': [
    '没有找到“{{text}}”的网卡：台账里没有这个人或资产，或没有登记 MAC 和 IP。可以直接输入 MAC 或 IP。',
    'No network card found for "{{text}}": nobody and nothing of that name is registered, or no MAC and IP with it. Try the MAC or IP itself.',
  ],
  'refusal.port_no_card': [
    '不知道 {{text}} 现在是哪块网卡：台账、扫描和路由器的 ARP 表里都没有。请先扫描该网段，或读取三层交换机。',
    'Which card has {{text}} is not known: the register, sweeps and ARP tables have nothing. Sweep its subnet or read the layer-3 switch first.',
  ],
});
