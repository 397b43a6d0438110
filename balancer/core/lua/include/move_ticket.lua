-- Transfers a ticket: its leg ends, another begins in the line of `goal`. The time it has waited stays with
-- it, unless it gives up its place.
local function move_ticket(visitor, facts, goal, returns)
  local texts = {branch = goal.facts.branch, was = visitor.state, desk = free_desk(visitor)}
  leave_state(visitor, facts)
  end_leg(visitor, facts, 'transferred')
  if keep_place then
    visitor.order = branch_time(goal.facts) - (branch_time(facts) - visitor.order)
  else
    visitor.order = branch_time(goal.facts) - visitor.head_start_ms
    visitor.placed, visitor.tie = at, offset + 1
  end
  if goal.facts.branch ~= visitor.branch then
    texts.moved_from = visitor.branch
    change_branch(visitor, goal)
  end
  visitor.come_back = returns or visitor.come_back
  visitor.bound = goal.bound
  if note and note ~= visitor.note then
    visitor.note, visitor.noted_by, visitor.noted_at = note, actor, at
  end
  table.insert(visitor.legs, visitor.leg + 2, new_leg(visitor.branch, goal.queue, goal.service))
  next_service(visitor, goal.facts, goal.needs_power)
  enter_state(visitor, to_state('ticket_transferred'), goal.facts)
  texts.ticket = save_ticket(visitor)
  emit('ticket_transferred', texts)
  return texts
end
