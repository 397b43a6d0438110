-- Refuses a ticket that is at another desk, bound to one, or in a queue that this desk does not serve.
local function ask_mine(visitor)
  if visitor.state ~= 'waiting' then
    unbind_closed(visitor)
  end
  local waits = visitor.state == 'waiting' or (visitor.state == 'parked' and VERB == 'call')
  local tied = visitor.bound
  if not waits then
    tied = visitor.desk
  end
  if visitor.branch ~= branch or (tied and tied ~= desk) then
    refuse('not_your_ticket')
  end
  if waits and not tied and not has_skill(visitor.queue) then
    refuse('skill_missing')
  end
end
