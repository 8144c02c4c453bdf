import { messages } from '../catalogue.ts';

export const backup = messages({
  'backup.title': ['数据备份', 'Backups'],
  'backup.hint': [
    '每天自动备份一次并校验；最近 7 天、5 周、12 个月各留一份。',
    'Backed up and checked automatically every day; the last 7 days, 5 weeks and 12 months are kept.',
  ],
  'backup.now': ['立即备份', 'Back up now'],
  'backup.done': ['已备份并校验：{{rows}} 条记录', 'Backed up and checked: {{rows}} records'],
  'backup.folder': ['备份文件夹', 'Backup folder'],
  'backup.free': ['磁盘剩余 {{free}}', '{{free}} free'],
  'backup.low': ['磁盘剩余空间不足 500 MB，请尽快清理。', 'Less than 500 MB is free. Free some space soon.'],
  'backup.none': ['还没有备份', 'No backups yet'],
  'backup.time': ['时间', 'Time'],
  'backup.kind': ['来源', 'Type'],
  'backup.size': ['大小', 'Size'],
  'backup.state': ['校验', 'Check'],
  'backup.rows': ['记录数', 'Records'],
  'backup.verified': ['已校验', 'Verified'],
  'backup.unverified': ['未校验', 'Not verified'],
  'backup.download': ['下载', 'Download'],
  'backup.restore': ['恢复', 'Restore'],
  'backup.upload': ['从文件恢复…', 'Restore from a file…'],
  'backup.kind.daily': ['自动', 'Automatic'],
  'backup.kind.manual': ['手动', 'Manual'],
  'backup.kind.import': ['导入前', 'Before import'],
  'backup.kind.replaced': ['恢复前的数据', 'Before a restore'],
  'backup.last_problem': [
    '上次自动备份（{{at}}）没有成功：{{sentence}}',
    'The last automatic backup ({{at}}) failed: {{sentence}}',
  ],
  'backup.step1': ['恢复到这份备份？', 'Restore this backup?'],
  'backup.step2': ['确认丢弃之后的改动', 'Discard what came after'],
  'backup.of': ['{{unit}} · {{technician}}，最后一次改动 {{at}}', '{{unit}} · {{technician}}, last change {{at}}'],
  'backup.brings': ['恢复后将有', 'After restoring there will be'],
  'backup.loses': [
    '这份备份里没有最近的 {{n}} 次改动，恢复后就看不到了：',
    'Changes that are not in this backup and will be lost: {{n}}',
  ],
  'backup.loses_nothing': ['这份备份包含目前的全部改动。', 'This backup holds every change made so far.'],
  'backup.unsent': [
    '其中 {{n}} 次还没有同步到中心库，只能从保留的旧数据里找回。',
    'Never synced: {{n}}. Those can only be recovered from the old data that is kept.',
  ],
  'backup.aside': [
    '现在的数据会完整保留在数据文件夹的 replaced 子文件夹里，不会删除。',
    'The present data is kept whole in the "replaced" folder and is never deleted.',
  ],
  'backup.loses_unknown': [
    '现在的数据库已损坏，无法比较会丢失哪些改动。',
    'The present database is damaged, so what would be lost cannot be told.',
  ],
  'backup.rescued_title': [
    '数据库损坏或丢失，已自动用备份恢复',
    'The database was damaged or missing; a backup took its place',
  ],
  'backup.rescued': [
    '上次打开时发现数据库文件损坏或丢失，已自动换上 {{from}} 的备份。此后的改动不在其中：已同步过的会在下次同步时取回，其余请核对补录。损坏的文件原样保留在 {{aside}}。',
    'The database file was found damaged or missing, so the backup of {{from}} took its place. Changes made after it are missing: what was synced comes back at the next sync, the rest must be entered again. The damaged file is kept as it is in {{aside}}.',
  ],
  'backup.rescued_ok': ['知道了', 'Understood'],
  'backup.broken_log': [
    '注意：这份备份的操作日志不连续，可能被改动过。',
    'Note: the audit log of this backup has a break; it may have been altered.',
  ],
  'backup.next': ['下一步', 'Next'],
  'backup.confirm': ['输入“恢复”二字确认', 'Type "restore" to confirm'],
  'backup.word': ['恢复', 'restore'],
  'backup.restored': ['已恢复。旧数据保留在 {{aside}}。', 'Restored. The former data is kept in {{aside}}.'],

  'refusal.backup_no_space': [
    '磁盘空间不够做备份：需要 {{needed}} MB，只剩 {{free}} MB。请清理磁盘后再备份。',
    'Not enough room for a backup: {{needed}} MB are needed, {{free}} MB are free. Free some space and try again.',
  ],
  'refusal.backup_failed': [
    '备份没有通过校验，已丢弃这一份，现有数据不受影响。请检查磁盘后再试。',
    'The backup did not pass its check and was dropped; the notebook itself is not affected. Check the disk and try again.',
  ],
  'refusal.backup_missing': [
    '找不到这份备份，可能已被移走。请刷新列表。',
    'This backup is no longer there. Refresh the list.',
  ],
  'refusal.backup_not_ours': [
    '这个文件不是网管手账的备份。请选择从“数据备份”下载的文件，或数据文件夹 backups 里的文件。',
    'This file is not a Lanbook backup. Choose a file downloaded from "Backups", or one from the "backups" folder.',
  ],
  'refusal.backup_newer': [
    '这份备份由更新版本的网管手账写成，当前版本打不开。请先升级程序。',
    'This backup was written by a newer Lanbook. Upgrade first.',
  ],
  'refusal.backup_damaged': [
    '这份备份已损坏，不能用来恢复。现有数据没有改动，请换一份备份。',
    'This backup is damaged and cannot be restored. Nothing was changed; choose another one.',
  ],
  'refusal.backup_none': [
    '还没有可用的备份。请先“立即备份”。',
    'There is no usable backup yet. Make one first with "Back up now".',
  ],
  'refusal.restore_which': [
    '请指明恢复哪一份备份，例如最近的 {{name}}。',
    'Say which backup to restore, for example the newest, {{name}}.',
  ],
  'refusal.restore_failed': [
    '恢复没有成功，已退回原来的数据。请换一份备份再试。',
    'The restore failed and the former data is back in place. Try another backup.',
  ],
});
