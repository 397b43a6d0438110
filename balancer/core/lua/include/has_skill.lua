-- May the desk call from this queue of its branch?
local function has_skill(queue)
  for _, skill in ipairs(setting('desk/' .. branch .. '/' .. desk).queues) do
    if skill == queue then
      return true
    end
  end
  return false
end
