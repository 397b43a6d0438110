-- A leg that has not begun.
local function new_leg(place, queue, service_id)
  return {service = service_id, queue = queue, branch = place, parked_ms = 0, paused_ms = 0}
end
