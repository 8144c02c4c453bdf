import { messages } from '../catalogue.ts';

export const cli = messages({
  'refusal.unknown_procedure': [
    '没有“{{name}}”这个调用。用 calls 命令查看全部。',
    'There is no call "{{name}}". Use "calls" to list them all.',
  ],
  'refusal.bad_json': ['参数不是有效的 JSON：{{input}}', 'The input is not valid JSON: {{input}}'],
  'refusal.file_missing': ['读不到文件：{{file}}。请检查路径。', 'The file cannot be read: {{file}}. Check the path.'],
  'refusal.unknown_form': ['没有“{{form}}”这种表。可用：{{known}}', 'There is no form "{{form}}". Known: {{known}}'],
});
