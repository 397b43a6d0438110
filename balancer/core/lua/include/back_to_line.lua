-- An active ticket waits (again); where it was in hand its desk is free. Its JSON text and the desk's, for
-- the event.
local function back_to_line(visitor, to, facts)
  local desk_text = free_desk(visitor)
  leave_state(visitor, facts)
  enter_state(visitor, to, facts)
  return save_ticket(visitor), desk_text
end
