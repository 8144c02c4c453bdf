import { messages } from '../catalogue.ts';

export const cli = messages({
  'refusal.unknown_procedure': ['没有“{{name}}”这个调用。用 calls 查看全部。', 'There is no call "{{name}}". Use "calls" to list them all.'],
  'refusal.bad_json': ['参数不是有效的 JSON：{{input}}', 'The input is not valid JSON: {{input}}'],
});
