/** Carrying changes on a USB stick. */
import { messages } from '../catalogue.ts';

export const stick = messages({
  'sync.tab.stick': ['用 U 盘传递', 'By USB stick'],
  'sync.stick.lead': [
    '电脑连不上中心库时（例如隔离网络），用 U 盘把改动带过去，再把中心库的回执带回来。文件有签名，重复读入也不会重复登记。',
    'Where this laptop cannot reach the store (an isolated network, for example), carry the changes there on a USB stick and bring the answer back. The files are signed, and reading one twice does nothing twice.',
  ],
  'sync.stick.joinLead': [
    '这台电脑连不上中心库的网络时，用 U 盘接入：写出接入文件，请管理员送进中心库，再把回执读回来。接入码本身不写进文件。',
    'Where this laptop cannot reach the network of the store, it joins by USB stick: write the file, have an admin take it to the store, and read the answer here. The code itself is not in the file.',
  ],
  'sync.stick.join': ['用 U 盘接入', 'Join by USB stick'],
  'sync.stick.codeHint': [
    '由管理员生成，可以电话告知或写在纸上；24 小时内要送到中心库。',
    'Made by an admin, read out or on paper; the file must reach the store within 24 hours.',
  ],
  'sync.stick.writeJoin': ['写出接入文件…', 'Write the file for joining…'],
  'sync.stick.joined': [
    '已接入中心库：收下 {{sent}} 项改动，接收 {{received}} 条记录',
    'Joined the store. Changes it has taken: {{sent}}, records received: {{received}}',
  ],
  'sync.byStick': ['仅用 U 盘', 'By stick only'],
  'sync.giveAddress': ['填地址', 'Enter address'],
  'sync.giveTitle': ['填写中心库地址', 'Address of the store'],
  'sync.giveHint': [
    '填好后可以联网同步。会先核对对方是不是接入时的那个中心库。',
    'From then on this laptop can sync over the network. It first checks that this is the store it joined.',
  ],
  'sync.stick.step1': ['1. 在本机写出文件', '1. Write a file here'],
  'sync.stick.nothing': [
    '本机没有待上传的改动；文件只用来取回同事的改动。',
    "Nothing here waits to be sent; the file then only fetches colleagues' changes.",
  ],
  'sync.stick.waits': ['待上传的改动：{{n}} 项', 'Changes that wait to be sent: {{n}}'],
  'sync.stick.write': ['写出到 U 盘…', 'Write to the stick…'],
  'sync.stick.step2': ['2. 拿到中心库', '2. Take it to the store'],
  'sync.stick.atStore': [
    '请管理员在自己电脑的“中心库管理 › U 盘文件”里读入这份文件，或在中心服务器上运行下面的命令；得到的回执拷回 U 盘。',
    'An admin reads the file at their own laptop (Central store, USB files), or runs this at the server. Copy the answer back to the stick.',
  ],
  'sync.stick.meanwhile': [
    '在路上时可以照常工作，也可以照常联网同步。文件里有登记内容，请妥善保管 U 盘。',
    'Work goes on while the stick is on its way, and so may sync over the network. The file holds records of the register: look after the stick.',
  ],
  'sync.stick.meanwhileJoin': [
    '在路上时可以照常工作。回执丢了，用同一个接入码再写一份即可。文件里有登记内容，请妥善保管 U 盘。',
    'Work goes on while the stick is on its way. If the answer is lost, write the file again with the same code. It holds records of the register: look after the stick.',
  ],
  'sync.stick.step3': ['3. 回到本机读入回执', '3. Read the answer here'],
  'sync.stick.pick': [
    '选择中心库给本机的回执文件（文件名以 answer.lanbook 结尾）。',
    'Choose the answer that the store wrote for this laptop (its name ends in answer.lanbook).',
  ],
  'sync.stick.read': ['读入回执…', 'Read the answer…'],
  'sync.stick.readDone': [
    '中心库已收下 {{sent}} 项改动，接收 {{received}} 条记录',
    'Changes the store has taken: {{sent}}, records received: {{received}}',
  ],
  'sync.stick.lastOut': ['上次写出', 'Last written'],
  'sync.stick.lastIn': ['上次读入', 'Last read'],
  'sync.stick.holds': ['含 {{n}} 项改动，{{from}} 至 {{to}}', 'Changes in it: {{n}}, {{from}} to {{to}}'],
  'sync.stick.holdsOf': ['含 {{n}} 项改动（{{day}}）', 'Changes in it: {{n}} ({{day}})'],
  'sync.stick.holdsNone': ['不含改动', 'No changes in it'],
  'sync.log.bundle_written': [
    '写出 U 盘文件 {{name}}：{{n}} 项改动',
    'Wrote the USB file {{name}}. Changes in it: {{n}}',
  ],
  'sync.log.bundle_read': [
    '读入 U 盘回执：{{sent}} 项改动已由中心库收下，接收 {{received}} 条记录',
    'Read an answer from a USB stick. Changes the store has taken: {{sent}}, records received: {{received}}',
  ],
  'sync.log.joined_by_stick': ['用 U 盘接入了中心库', 'Joined the central store by USB stick'],
  'refusal.stick_only': [
    '本机只用 U 盘与中心库来往。要联网同步，请先在同步页填写中心库地址（换地址）。',
    'This laptop meets its store by USB stick only. To sync over the network, first enter the address of the store on the sync page.',
  ],
  'refusal.stick_answer': [
    '这是中心库写出的回执，应由它所属的电脑读入；请选择同事写出的文件。',
    'This is an answer of a store, to be read by the laptop it is for. Choose the file that a colleague wrote.',
  ],
  'refusal.stick_other_store': [
    '{{machine}} 写出这份文件时接的是另一个中心库，没有收下。',
    '{{machine}} wrote this file for another store; nothing was taken.',
  ],
  'refusal.stick_unsigned': [
    '这份文件不是由接入了本中心库的电脑签名的，没有收下。',
    'This file is not signed by a laptop that joined this store; nothing was taken.',
  ],
  'refusal.stick_code_wrong': [
    '{{machine}} 上填的接入码不对，没有接入。请在那台电脑上重新输入并写出文件。',
    'The enrolment code that was typed at {{machine}} is not right, and it has not joined. Type it again there, and write the file anew.',
  ],
  'refusal.stick_code_used': [
    '{{machine}} 上填的接入码已经用过，没有接入。请再生成一个。',
    'The enrolment code that was typed at {{machine}} has been used, and it has not joined. Make another code.',
  ],
  'refusal.stick_code_expired': [
    '{{machine}} 上填的接入码已过期（24 小时），没有接入。请再生成一个。',
    'The enrolment code that was typed at {{machine}} has expired (24 hours), and it has not joined. Make another code.',
  ],
  'refusal.stick_machine_in_use': [
    '代号 {{machine}} 已由 {{holder}} 的电脑使用，没有接入。请在新电脑的系统设置里换一个代号，再写出文件。',
    'Machine code {{machine}} is used by the laptop of {{holder}}. Choose another in the settings of the new laptop, and write the file again.',
  ],
  'refusal.stick_large': [
    '文件超过 32 MB，请在中心服务器上处理：npm run hub -- bundle 文件名。',
    'The file is larger than 32 MB. Take it in at the server: npm run hub -- bundle FILE.',
  ],
  'refusal.stick_joined': ['本机已经接入中心库。', 'This laptop has joined a store already.'],
  'refusal.stick_not_asked': [
    '本机没有写出过等待这份回执的接入文件。请先填接入码、写出接入文件。',
    'This laptop waits for no such answer. Enter the code and write the file for joining first.',
  ],
  'refusal.stick_other_code': [
    '这份回执回复的是用另一个接入码写出的文件。请读入最新的回执，或重新写出接入文件。',
    'This answer is to a file with another enrolment code. Read the answer to the last one, or write the file again.',
  ],
  'refusal.stick_not_proved': [
    '这份回执没能证明来自发出接入码的中心库，没有读入。请联系中心库管理员。',
    'This answer does not prove that it is of the store which made the code, and was not read. Call the operator of the store.',
  ],
  'refusal.bundle_no_key': [
    '本机还没有自己的密钥：请先联网同步一次，之后就可以用 U 盘传递。',
    'This laptop has no key of its own yet: sync once over the network, then changes can be carried on a USB stick.',
  ],
  'refusal.bundle_no_pin': [
    '本机接入中心库时没有记下它的密钥，无法核对回执是否真的来自中心库。请向管理员要一个新的接入码，联网接入一次。',
    "When this laptop joined, the store's key was not noted, so an answer cannot be proved to be the store's. Join again with a new code.",
  ],
  'refusal.bundle_not': ['这不是网管手账的 U 盘传递文件。', 'This is not a Lanbook file for carrying changes.'],
  'refusal.bundle_cut': [
    '文件不完整，可能没有拷完。请从 U 盘重新拷贝；本机没有任何改变。',
    'The file is cut off. Copy it again from the stick; nothing was changed here.',
  ],
  'refusal.bundle_altered': [
    '文件已损坏或被改动过，没有读入。请重新拷贝；本机没有任何改变。',
    'The file was damaged or altered and was not read. Copy it again; nothing was changed here.',
  ],
  'refusal.bundle_request': [
    '这是 {{machine}} 写出的上传文件，应拿到中心库去处理；请选择中心库给出的回执文件。',
    'This is the file that {{machine}} wrote for the store. Take it there, and read the answer it gives.',
  ],
  'refusal.bundle_foreign': [
    '这份回执是给 {{machine}} 的，不是给本机的。',
    'This answer is for {{machine}}, not for this laptop.',
  ],
  'refusal.bundle_other_store': [
    '这份回执不是本机接入的中心库签发的，没有读入。',
    'This answer is not signed by the store this laptop joined, and was not read.',
  ],
  'refusal.bundle_stale': [
    '这份回执接不上本机现在的状态（之后又同步过，或中心库恢复过）。请重新写出文件再走一趟；本机没有任何改变。',
    'This answer does not continue where this laptop stands now: it has synced since, or the store was restored. Write a new file and carry that; nothing was changed here.',
  ],
  'refusal.bundle_again': [
    '中心库没有收下这份文件，本机已按它的答复整理好。请重新写出文件再走一趟，改动都在。',
    'The store did not take this file, and this laptop has sorted its changes accordingly. Write a new file and carry that; no change is lost.',
  ],
  'refusal.bundle_restored': [
    '中心库从备份恢复过，U 盘对不上两边的历史。请让本机联网同步一次；改动都在本机。',
    'The store was restored from a backup, and a stick cannot match the two pasts. Connect this laptop to it once; its changes are safe here.',
  ],
});
