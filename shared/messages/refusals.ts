import { messages } from '../catalogue.ts';

/** Sentences of the kernel's refusals: what is wrong, and what to do. Features add their own `refusal.*` in their own files. */
export const refusals = messages({
  'refusal.not_set_up': [
    '请先完成首次设置（单位、技术员、本机代号）。',
    'Finish the first-run setup first (unit, technician, machine code).',
  ],
  'refusal.invalid': [
    '“{{field}}”的内容不对：{{problem}}。请改正后再保存。',
    '"{{field}}" is not right: {{problem}}. Correct it and save again.',
  ],
  'refusal.not_found': [
    '找不到这条记录，可能已被删除。请刷新列表。',
    'This record is no longer there. Refresh the list.',
  ],
  'refusal.unknown_field': [
    '列表里没有“{{field}}”这一列。请恢复默认列后重试。',
    'There is no column "{{field}}" in this list. Restore the default columns and try again.',
  ],
  'refusal.append_only': [
    '这类记录只能追加，不能修改或删除。',
    'Records of this kind can only be added to, not changed or removed.',
  ],
  'refusal.nothing_to_undo': [
    '没有可以撤销的内容，可能已经撤销过了。',
    'There is nothing to undo; it may have been undone already.',
  ],
  'refusal.undo_in_use': [
    '没有可以撤销的了：还在的记录之后都改动过，或已被引用（如分配了 IP）。不再需要的请逐条删除。',
    'There is nothing left to undo: what is still there was changed or came into use since (an address was given out, say). Remove what is not needed one by one.',
  ],
  'refusal.undo_not_possible': [
    '工单的办理记录只增不改，这一步不能撤销。请在工单里接着办理来更正（如撤单、重新打开、补充说明）。',
    'The work log of a ticket is only ever added to, so this step cannot be undone. Correct it in the ticket by a further step (withdraw, reopen, or a note).',
  ],
  'refusal.folder_in_use': [
    '数据文件夹正被另一个网管手账使用：{{dir}}。请先关闭它，或换一个文件夹。',
    'The data folder is in use by another Lanbook: {{dir}}. Close that one first, or choose another folder.',
  ],
  'refusal.folder_read_only': [
    '数据文件夹不能写入：{{dir}}。请检查权限，或换一个文件夹。',
    'The data folder is not writable: {{dir}}. Check its permissions, or choose another folder.',
  ],
  'refusal.folder_missing': [
    '无法创建数据文件夹：{{dir}}。请检查路径和权限。',
    'The data folder cannot be created: {{dir}}. Check the path and its permissions.',
  ],
  'refusal.disk_full': [
    '磁盘已满，这次没有保存任何内容。请腾出空间后再试。',
    'The disk is full; nothing was saved this time. Free some space and try again.',
  ],
  'refusal.disk_full_open': [
    '磁盘已满，打不开数据文件夹；数据没有改动。请腾出空间后再打开。',
    'The disk is full, so the data folder cannot be opened; the data was not changed. Free some space, then open it again.',
  ],
  'refusal.disk_error': [
    '磁盘读写出错（{{detail}}），这次没有保存任何内容。请检查磁盘后重试。',
    'The disk failed ({{detail}}); nothing was saved this time. Check the disk and try again.',
  ],
  'refusal.database_damaged': [
    '数据库文件已损坏。原文件没有改动，请用备份恢复。',
    'The database file is damaged. It was left as it is; restore from a backup.',
  ],
  'refusal.database_newer': [
    '这份数据由更新版本的网管手账写成（{{found}} 高于 {{known}}）。请升级程序后再打开。',
    'This data was written by a newer Lanbook ({{found}} is above {{known}}). Upgrade before opening it.',
  ],
  'refusal.old_runtime': [
    '运行环境太旧（{{found}}），需要 {{needed}}。请重新安装网管手账。',
    'The runtime is too old ({{found}}); {{needed}} is needed. Install Lanbook again.',
  ],
});
