-- The ticket in hand was served where another desk had sent it: it goes back, bound to that desk, by its
-- first arrival.
local function come_back(visitor, facts, outcome)
  local sent = sent_leg(visitor)
  local service_setting = setting('service/' .. sent.service)
  local texts = {branch = visitor.branch, was = visitor.state, desk = free_desk(visitor)}
  leave_state(visitor, facts)
  end_leg(visitor, facts, outcome)
  table.insert(visitor.legs, visitor.leg + 2, new_leg(sent.branch, sent.queue, sent.service))
  next_service(visitor, facts, service_setting and service_setting.needs_power or false)
  visitor.bound, visitor.come_back = visitor.come_back, nil
  enter_state(visitor, to_state('leg_finished', 'waiting'), facts)
  texts.ticket = save_ticket(visitor)
  emit('leg_finished', texts)
  return texts
end
