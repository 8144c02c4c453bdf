/** The story of every sync, why changes were not accepted, and the daily comparison with the store. */
import { messages } from '../catalogue.ts';

export const syncLog = messages({
  'sync.log.enrolled': ['接入中心库 {{address}}', 'Joined the central store {{address}}'],
  'sync.log.image': [
    '首次同步：从中心库的整库副本取得 {{n}} 条记录（到第 {{seq}} 号提交）',
    'First sync: {{n}} records taken over from a copy of the whole store (up to commit {{seq}})',
  ],
  'sync.log.image_failed': [
    '整库副本不可用，已改为逐页接收，结果相同',
    'The copy of the whole store could not be used; everything is fetched page by page instead, with the same result',
  ],
  'sync.log.image_no_space': [
    '磁盘剩余空间不够放整库副本，已改为逐页接收',
    'Not enough free space for a copy of the whole store; everything is fetched page by page instead',
  ],
  'sync.log.moved': ['中心库地址改为 {{address}}', 'Address of the central store changed to {{address}}'],
  'sync.log.done': [
    '同步完成：上传 {{sent}} 项，接收 {{received}} 条记录',
    'Synced. Changes sent: {{sent}}, records received: {{received}}',
  ],
  'sync.log.quiet': ['与中心库一致，没有新的改动', 'Level with the central store, nothing new'],
  'sync.log.repaired': [
    '核对时发现 {{n}} 条与中心库不同，已重新取回',
    'Rows that differed from the store when compared, fetched anew: {{n}}',
  ],
  'sync.log.diverged': [
    '核对后仍与中心库不同：{{what}}。请把这份同步记录发给中心管理员。',
    'Still different from the store: {{what}}. Send this log to the centre admin.',
  ],
  'sync.verify': ['与中心库核对', 'Compare with the store'],
  'sync.verify.equal': ['与中心库逐条一致', 'The same as the store, row by row'],
  'sync.verify.repaired': ['有 {{n}} 条不同，已重新取回', 'Rows that differed, fetched anew: {{n}}'],
  'sync.verify.diverged': ['仍与中心库不同，请看同步记录', 'Still different from the store: see the log'],
  'sync.verify.busy': [
    '现在不能核对：正在变动，或本机只存一部分数据。请稍后再试',
    'Nothing to compare now: something is moving, or this laptop holds a part of the store. Try again later',
  ],
  'sync.verifiedAt': ['上次核对：{{at}}', 'Last compared: {{at}}'],
  'sync.verifiedNever': ['还没有核对过', 'Not compared yet'],
  'sync.log.held': ['{{n}} 项与同事的改动冲突，等待处理', "Clashes with a colleague's changes, to be settled: {{n}}"],
  'sync.log.rejected': [
    '{{n}} 项未被中心库接受（{{codes}}），改动仍留在本机日志',
    "Not accepted: {{n}} ({{codes}}); this laptop's log keeps them",
  ],
  'sync.rejection.resolved_before': ['冲突已由同事处理', 'a colleague settled the conflict first'],
  'sync.rejection.changed_since': ['相关记录后来又有改动', 'the records changed since'],
  'sync.rejection.bad_value': ['含有中心库存不下的值', 'a value the store cannot hold'],
  'sync.rejection.unknown_table': ['中心库不认识的登记表', 'a register the store does not know'],
  'sync.rejection.unknown_field': ['中心库不认识的项目', 'a field the store does not know'],
  'sync.rejection.unknown_op': ['中心库不认识的改动', 'a change the store does not know'],
  'sync.rejection.append_only': ['只能追加的记录被改动', 'a record that is only ever added to'],
  'sync.rejection.not_allowed': ['要由区域负责人或管理员处理', 'only an area lead or an admin may settle it'],
  'sync.rejection.forbidden': ['冲突只能用“处理”来改', 'conflicts change only by settling them'],
  'sync.log.forked': [
    '本机数据从备份恢复或复制过：换了新的本机标识，{{n}} 项未上传的改动重新编号',
    'This data was restored or copied: the laptop took a new ID; unsent changes that got new numbers: {{n}}',
  ],
  'sync.log.store_older': [
    '中心库的版本比本机旧：它认得的改动照常上传，其余的先留在本机，等中心库升级',
    'The store is older than this laptop: what it understands is sent, the rest waits here until it is upgraded',
  ],
  'sync.log.store_upgraded': [
    '中心库已升级：等候的 {{n}} 项改动开始上传',
    'The store was upgraded. Changes that waited for it and now go: {{n}}',
  ],
  'sync.log.rejoined': [
    '中心库从备份恢复过（共同的历史到第 {{seq}} 条为止）：把本机保存的 {{n}} 条改动补了回去',
    'The store had been restored from a backup (shared history up to commit {{seq}}). Changes given back that this laptop still held: {{n}}',
  ],
  'sync.log.rejoin_refused': [
    '另有 {{n}} 条同事的改动与中心库现有的对不上，没有补回；作者的电脑同步时会再送',
    'Changes by colleagues that do not fit what the store has by now: {{n}}. They were not given back; their own laptops will bring them',
  ],
  'sync.log.resolved': ['处理了一项冲突：{{title}}', 'Settled a conflict: {{title}}'],
  'sync.log.failed': ['同步中断：{{reason}}', 'Sync stopped: {{reason}}'],
});
