-- Where a transfer leads: {facts, queue, letter, service, needs_power, bound}; refuses what does not exist or
-- does not receive, and the place where the ticket already is.
local function destination(visitor)
  local place = to_branch or visitor.branch
  local goal = {facts = load_facts(place), service = service or visitor.service, bound = to_desk}
  local known = setting('service/' .. goal.service)
  if not known then
    refuse('unknown_service', {service = goal.service})
  end
  goal.needs_power = known.needs_power
  if to_queue then
    local found = setting('queue/' .. place .. '/' .. to_queue)
    if not found then
      refuse('unknown_queue', {queue = to_queue})
    end
    goal.queue, goal.letter = to_queue, found.letter
  elseif service or place ~= visitor.branch then
    local found = offer(place, goal.service)
    goal.queue, goal.letter = found.queue, found.letter
  else
    goal.queue = visitor.queue
  end
  if to_desk then
    local desk_state, text = load_desk(place, to_desk)
    if desk_state.state == 'closed' then
      refuse('desk_closed', nil, '{"desk":' .. text .. '}')
    end
  end
  if place ~= visitor.branch then
    ask_receiving(visitor, goal)
  elseif goal.queue == visitor.queue and goal.service == visitor.service and to_desk == visitor.bound then
    refuse('same_place')
  end
  return goal
end
