-- Has a supervisor stopped this service in the branch?
local function is_suspended(facts, service_id)
  for _, each in ipairs(facts.suspended or {}) do
    if each == service_id then
      return true
    end
  end
  return false
end
