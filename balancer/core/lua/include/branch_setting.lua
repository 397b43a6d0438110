-- The branch's policy and desks; refuses a branch that the city has not.
local function branch_setting(name)
  local found = setting('branch/' .. name)
  if not found then
    refuse('unknown_branch', {branch = name})
  end
  return found
end
