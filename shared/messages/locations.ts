import { messages } from '../catalogue.ts';

export const locations = messages({
  'locations.title': ['地点', 'Places'],
  'refusal.location_loop': [
    '“{{name}}”不能放到它自己或它的下级地点之下。请另选上级。',
    '"{{name}}" cannot be placed under itself or a place inside it. Choose another.',
  ],
  'refusal.location_in_use': [
    '“{{name}}”里还有 {{n}} 项内容（下级地点、设备、人员、信息点或工具等）。请先移走。',
    '"{{name}}" still holds {{n}} items (places, assets, people, outlets, tools and the like). Move them first.',
  ],
  'field.locations.parent_id': ['上级', 'Inside'],
  'field.locations.kind': ['类型', 'Kind'],
  'field.locations.name': ['名称', 'Name'],
  'field.locations.position': ['顺序', 'Order'],
  'field.locations.remark': ['备注', 'Remark'],
  'option.locations.kind.campus': ['校区/院区', 'Campus'],
  'option.locations.kind.building': ['楼栋', 'Building'],
  'option.locations.kind.floor': ['楼层', 'Floor'],
  'option.locations.kind.room': ['房间', 'Room'],
  'option.locations.kind.closet': ['弱电间', 'Closet'],
  'option.locations.kind.rack': ['机柜', 'Rack'],
});
