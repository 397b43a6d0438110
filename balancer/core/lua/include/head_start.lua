-- The head start (ms) of a priority class, 0 without one; refuses a class that the city has not.
local function head_start(class)
  if not class then
    return 0
  end
  local found = setting('priority/' .. class)
  if not found then
    refuse('unknown_priority_class', {priority = class})
  end
  return found.head_start_ms
end
