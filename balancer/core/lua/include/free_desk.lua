-- Takes the ticket out of the hand of its desk, if it is in one; the desk's JSON text or nil.
local function free_desk(visitor)
  if visitor.state ~= 'called' and visitor.state ~= 'serving' then
    return nil
  end
  local holder = load_desk(visitor.branch, visitor.desk)
  holder.ticket = nil
  return save_desk(holder)
end
